/** What ofn has to keep; the report says beside each figure whether it does. */
export const limits = {
  /** Requests for one function; deploy and plan look first what the cluster serves, once for all functions. */
  requests: { look: 1, create: 1, unchanged: 1, update: 1, plan: 2, info: 2, removeAbsent: 1 },
  /** TLS connections; `plan` and `info` may send their requests at the same time. */
  connections: { sequential: 1, parallel: 3 },
  /** A judgement of the largest example, once loaded; what 8 times as many inputs may cost, in times, where 8 is linear. */
  validation: { exampleMilliseconds: 5, growth: 10 },
  /** From the last change in the cluster until `s deploy` has said what has become of the function. */
  verdictMilliseconds: 200,
  /** Reading a source of 10,000 files and 200 MB; and in times of half as much, where 2 is linear. */
  hashing: { milliseconds: 1500, growth: 2.5 },
  /** What pushing a source holds in memory, whatever its size. */
  pushMegabytes: 32,
  /** What a deploy takes longer that finds its source unchanged. */
  unchangedSourceMilliseconds: 100,
  /** Memory of the process that follows 50 pods with 20,000 lines a second, the CLI included. */
  followMegabytes: 150,
  load: { milliseconds: 25, heapMegabytes: 8, distMegabytes: 1.2 },
  /** Own time of an unchanged `s deploy`, in times of `kubectl apply --server-side`. */
  unchangedToKubectl: 1,
  /** Heap that ofn may keep from the 10th to the 100th function of one command, in megabytes. */
  heapGrowthMegabytes: 1,
};
