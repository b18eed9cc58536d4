import type { Explanation } from '../../errors';

/** What is known of a failed run of pack. */
export interface PackFailure {
  /** The last lines of what it printed. */
  lines: readonly string[];
  /** For the remedies. */
  builder: string;
  registry: string;
  publishes: boolean;
}

interface KnownCause {
  text: RegExp;
  /** Whether only pack, its lifecycle or Docker can mean this by it: the build of the app uses such words, too. */
  isOwn?: true;
  what: string;
  remedy: (failure: PackFailure) => string;
}

/** The causes that are known, the most particular first. Sources: the messages of pack, its lifecycle and Docker. */
const causes: readonly KnownCause[] = [
  {
    text: /cannot connect to the docker daemon|error during connect|docker_engine|failed to (?:connect|dial).*docker(?:\.sock)?|is the docker daemon running/i,
    what: 'Docker does not run, and pack builds in its containers.',
    remedy: () =>
      'Start Docker Desktop, or: sudo systemctl start docker\nWithout Docker, let the cluster build: use build.source instead of pack.',
  },
  {
    text: /permission denied.*docker(?:\.sock| daemon)/i,
    what: 'You may not use Docker on this machine.',
    remedy: () => 'Let an administrator add you to its group: sudo usermod -aG docker $USER\nThen log in anew.',
  },
  {
    text: /no space left on device/i,
    what: 'The disk is full.',
    remedy: () => 'Make room: docker system prune shows and removes what Docker no longer uses.',
  },
  {
    text: /exec format error|does not match the specified platform|no matching manifest for|no match for platform|image operating system .* does not match/i,
    what: 'The builder is for machines of another kind.',
    remedy: ({ builder }) =>
      `${builder} has no image for this machine. Set pack.platform to one that it has: the OpenFunction builders have linux/amd64, which Docker Desktop emulates.`,
  },
  {
    text: /toomanyrequests|too many requests/i,
    isOwn: true,
    what: 'The registry allows no more requests for now.',
    remedy: ({ registry }) => `Log in, which allows more: docker login ${registry}\nOr try later.`,
  },
  {
    text: /unauthori[sz]ed|denied: |authentication required|access denied|403 forbidden|insufficient[_ ]scope/i,
    isOwn: true,
    what: 'The registry does not let you in.',
    remedy: ({ registry, publishes }) =>
      `Log in: docker login ${registry}\n${publishes ? 'Your account needs the right to push there; some registries want the repository to be made first.' : 'Your account needs the right to pull the builder.'}`,
  },
  {
    text: /failed to fetch builder image|pulling builder|manifest (?:for .* not found|unknown)|repository does not exist/i,
    isOwn: true,
    what: 'The builder cannot be fetched.',
    remedy: ({ builder }) =>
      `Look whether ${builder} is written right, and whether it can be pulled: docker pull ${builder}`,
  },
  {
    text: /no buildpack groups? passed detection|no buildpacks? participating/i,
    what: 'No buildpack of the builder knows what to do with the source.',
    remedy: () =>
      'Set pack.env.FUNC_NAME to the exported function to serve: the OpenFunction builders need it. Look whether pack.path is the folder with package.json, and whether .packignore or .gitignore leaves out what is needed.',
  },
  {
    text: /i\/o timeout|context deadline exceeded|tls handshake timeout|temporary failure in name resolution|no such host/i,
    isOwn: true,
    what: 'The network is in the way.',
    remedy: () =>
      'Look at the network; pack takes proxies from HTTP_PROXY, HTTPS_PROXY and NO_PROXY, Docker from its own settings.',
  },
];

/** How pack, its lifecycle and Docker begin their errors. */
const ownError = /^(\[\w+\] )?ERROR: |error response from daemon/i;

/** What a failed run of pack comes from, with its last words. */
export function explainPackFailure(failure: PackFailure, exitCode: number | string): Explanation {
  const text = failure.lines.join('\n');
  const own = failure.lines.filter((line) => ownError.test(line)).join('\n');
  const cause = causes.find((known) => known.text.test(known.isOwn ? own : text));
  const words = failure.lines.filter((line) => /error|fail|denied|unauthori/i.test(line)).slice(-3);
  const why = [cause?.what, ...(words.length > 0 ? words : failure.lines.slice(-3))].filter(Boolean).join('\n');
  return {
    what: `pack could not build the image (${exitCode}).`,
    ...(why !== '' && { why }),
    remedy: cause?.remedy(failure) ?? 'What it printed tells more; with pack.args: [--verbose] it prints all it does.',
  };
}
