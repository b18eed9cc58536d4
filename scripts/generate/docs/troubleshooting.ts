import { banner, block } from './markdown';
import { findMessages, type Message } from './messages/find';

interface Area {
  title: string;
  introduction: string;
  /** The files whose messages belong here, relative to src. */
  files: RegExp;
}

/** In the order in which a deploy meets them; the first that fits counts. */
const areas: readonly Area[] = [
  {
    title: 'Flags, files and the CLI',
    introduction: 'Before anything else, a command reads its flags, the target and the files that the props name.',
    files: /^(inputs|commands|function|node-version|ui)\b/,
  },
  {
    title: 'Properties',
    introduction:
      'Every problem stands behind its place: `RESOURCE.props.PATH (s.yaml:LINE:COLUMN): …`. All are told at once. Errors stop a command before anything is changed; warnings do so with `--strict`.',
    files: /^props\/[^/]+$/,
  },
  {
    title: 'Rules',
    introduction:
      'What the whole function must be like, and why: what the webhooks of OpenFunction refuse, and what nobody refuses but what hangs or crashes later.',
    files: /^props\/rules\//,
  },
  {
    title: 'What the cluster must have',
    introduction:
      '`deploy` and `plan` look for it first; `--no-preflight` leaves that out. What may not be looked at is a note.',
    files: /^preflight\//,
  },
  {
    title: 'Reaching the cluster and logging in',
    introduction: '',
    files: /^(http\/|cluster\/(kubeconfig|credentials|exec-plugin|explain-network))/,
  },
  { title: 'What the cluster refuses', introduction: '', files: /^cluster\// },
  { title: 'Builds on this machine', introduction: '', files: /^build\// },
  { title: 'The source folder', introduction: '', files: /^source\// },
  { title: 'Container registries', introduction: '', files: /^registry\// },
  {
    title: 'Why a function does not run',
    introduction:
      '`deploy` and `info` tell what is wrong, where (`pod/NAME`), the words of the cluster, the last lines of the log, and what to do.',
    files: /^rollout\//,
  },
  { title: 'Logs', introduction: '', files: /^logs\// },
];

const introduction = `Every error, warning and note that ofn can give, and what helps, as the code has them. Words in capitals stand for those of your own function; "…" for something longer. To find a message, search this page for a few words of it.

An error says what happened, then \`Why:\` as far as it is known, then \`What to do:\`. It ends the command with exit code 101. A message that begins with "Unexpected error in ofn" is a fault of ofn: run the command again with \`--debug\`, and report what it prints.`;

/** docs/troubleshooting.md: all messages, with what to do. @throws Error for a file of messages that has no place there */
export function generateTroubleshootingPage(): string {
  const messages = findMessages()
    .map(readable)
    .filter(({ texts }) => texts.length > 0);
  for (const { file } of messages) {
    if (areaOf(file) === undefined) {
      throw new Error(`scripts/generate/docs/troubleshooting.ts has no place for ${file}`);
    }
  }
  const sections = areas.flatMap((area) => [
    `## ${area.title}`,
    area.introduction,
    ...sectionsOf(messages.filter(({ file }) => areaOf(file) === area)),
  ]);
  const parts = [banner('the messages in src'), '# Troubleshooting', introduction, ...sections];
  return parts
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function areaOf(file: string): Area | undefined {
  return areas.find(({ files }) => files.test(file));
}

/** A message without what says nothing by itself. */
function readable({ texts, why, remedy, ...message }: Message): Message {
  const says = (text: string): boolean => /[a-z]{2}/.test(text) && !text.startsWith('… in ');
  return { ...message, texts: texts.filter(says), why: why.filter(says), remedy: remedy.filter(says) };
}

/** Explanations one by one; what has no remedy of its own under its purpose. */
function sectionsOf(messages: readonly Message[]): string[] {
  const explanations = messages.filter(({ why, remedy }) => why.length + remedy.length > 0);
  const sentences = messages.filter((message) => !explanations.includes(message));
  const purposes = [...new Set(sentences.map(({ purpose }) => purpose))];
  return [
    ...new Set([
      ...explanations.map(explain),
      ...purposes.map((purpose) =>
        listUnder(
          purpose,
          sentences.filter((message) => message.purpose === purpose),
        ),
      ),
    ]),
  ];
}

function explain({ texts: [first = '', ...others], why, remedy }: Message): string {
  const [heading = '', ...more] = first.split('\n');
  return [
    `### ${escape(heading)}`,
    ...(more.length > 0 ? [block('text', more.join('\n'))] : []),
    ...(others.length > 0 ? ['Or:', bullets(others)] : []),
    ...labelled('Why', why),
    ...labelled('What to do', remedy),
  ].join('\n\n');
}

function labelled(label: string, texts: readonly string[]): string[] {
  const [only = ''] = texts;
  if (texts.length === 0) return [];
  if (texts.length > 1) return [`**${label}:** one of`, bullets(texts)];
  return only.includes('\n') ? [`**${label}:**`, block('text', only)] : [`**${label}:** ${escape(only)}`];
}

function listUnder(purpose: string, messages: readonly Message[]): string {
  const lines = messages.flatMap(({ severity, texts }) => texts.map((text) => `*${severity}:* ${inItem(text)}`));
  const list = [...new Set(lines)].map((line) => `- ${line}`).join('\n');
  return purpose === '' ? list : `${purpose}\n\n${list}`;
}

function bullets(texts: readonly string[]): string {
  return [...new Set(texts)].map((text) => `- ${inItem(text)}`).join('\n');
}

function inItem(text: string): string {
  const [first = '', ...more] = text.split('\n');
  const rest = more.length === 0 ? '' : `\n\n${block('text', more.join('\n'))}`.replace(/\n(?=.)/g, '\n  ');
  return escape(first) + rest;
}

/** Text as Markdown shows it, sign for sign. */
function escape(text: string): string {
  return text.replace(/[\\*_<>[\]|]/g, '\\$&').replace(/`/g, '\\`');
}
