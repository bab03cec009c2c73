/**
 * The version of all contracts of this package together. It grows by one with every release that changes a contract; each request
 * tells its receiver which one its sender knows. Two neighbouring versions work together, in both directions: CONTRIBUTING.md,
 * "What two versions share". `released/` holds what each version looked like, and compatibility.spec.ts compares.
 */
export const contractsVersion = 1;

/** Whether processes of these two versions may speak to each other. */
export const areNeighbours = (one: number, other: number): boolean => Math.abs(one - other) <= 1;
