/** Answers each HTTP request with a greeting. */
export const hello = (req, res) => {
  res.send(`Hello, ${req.query.name || 'World'}!`);
};
