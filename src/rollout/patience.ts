/** How long, in milliseconds, something may last before it is judged. */
export const patience = {
  /** Until OpenFunction's controller reacts to a change. */
  reaction: 30_000,
  /** That a Serving may say nothing of itself: what goes wrong in the controller never reaches its status. */
  silence: 30_000,
  /** Until a state counts that may or may not be about the change. */
  settling: 5_000,
  /** That a trouble may last which sometimes goes away by itself. */
  trouble: 60_000,
  /** That a container may take to get ready before that is worth a word. */
  readying: 10_000,
  /** The same where OpenFunction itself says that the serving failed, which it takes back when it recovers. */
  failedServing: 15_000,
  /** Until a running function has its address, or its workload is seen. */
  arrival: 5_000,
  /** That a container without a readiness probe must have run: it counts as ready as soon as it starts. */
  steadiness: 2_000,
};

/** How often something must have gone wrong to be judged before that time is over. */
export const enoughOccurrences = 3;
