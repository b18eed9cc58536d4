/** How long things take, in milliseconds; a fraction of what they take in a real cluster. */
export const pace = {
  /** Until a controller reacts. */
  reaction: 40,
  /** Each step of a build. */
  buildStep: 300,
  /** Until a pod has a node. */
  scheduling: 40,
  /** Until an image is there. */
  pulling: 250,
  /** Until a started container is ready. */
  starting: 120,
  /** Until a crashed container is started again; doubles each time. */
  backOff: 400,
  /** Until a pod that is to end has ended. */
  ending: 150,
};
