/** Sends each message that arrives through the input to the output "mqtt-pub" of the s.yaml. */
export const tryAsync = async (ctx, data) => {
  console.log('Received: %o', data);
  await ctx.send(data, 'mqtt-pub');
};

/** The same image also serves HTTP: set FUNCTION_TARGET to tryKnative and the runtime to knative. */
export const tryKnative = (req, res) => {
  res.send(`Hello, ${req.query.u || 'World'}!`);
};
