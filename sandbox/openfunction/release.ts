/** Which OpenFunction: 1.0 serves v1beta1 alone; 1.2 serves v1beta1 and v1beta2, and stores v1beta2. */
export type Release = '1.0' | '1.2';

export const releases: readonly Release[] = ['1.0', '1.2'];
export const group = 'core.openfunction.io';
