export default async function teardown(): Promise<void> {
  await (globalThis as { stopControlPlane?: () => Promise<void> }).stopControlPlane?.();
}
