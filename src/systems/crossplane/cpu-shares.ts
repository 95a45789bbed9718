/** cgroup numbers for thousandths of a CPU. Fact sheet: upstream internal/oci/spec/millicpu.go. */

/** The weight against other cgroups, from 2 to 262144. The product wraps at 64 bits. */
export function sharesOf(milliCpu: bigint): bigint {
  const shares = milliCpu === 0n ? 2n : BigInt.asIntN(64, milliCpu * 1024n) / 1000n;
  return shares < 2n ? 2n : shares > 262_144n ? 262_144n : shares;
}

/** Microseconds in each period of 100 ms: 0 for 0, else at least 1000. The product wraps at 64 bits. */
export function quotaOf(milliCpu: bigint): bigint {
  if (milliCpu === 0n) return 0n;
  const quota = BigInt.asIntN(64, milliCpu * 100_000n) / 1000n;
  return quota < 1000n ? 1000n : quota;
}
