/** Which build to load. */
export interface LoadOptions {
  /** Whether to load the build with 128-bit SIMD; by default, where the engine runs it. */
  simd?: boolean;
}

/** Whether this engine runs 128-bit SIMD. */
export function supportsSimd(): boolean;
