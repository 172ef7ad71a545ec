package dev.tiercel.metrics;

/** Something that has figures. */
@FunctionalInterface
interface MeterSource {
  /**
   * Puts its meters into a registry.
   *
   * @param meters the registry, as far as it is this source's
   */
  void register(MeterSet meters);
}
