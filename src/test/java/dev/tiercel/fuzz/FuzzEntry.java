package dev.tiercel.fuzz;

/** Where Jazzer comes in; the system property {@code fuzz.target} names what it calls. */
public final class FuzzEntry {
  private static final FuzzTarget TARGET = FuzzTarget.valueOf(System.getProperty("fuzz.target"));

  private FuzzEntry() {}

  /** Loads what is needed, because an input is given only so much time. */
  public static void fuzzerInitialize() {
    for (byte[] input : TARGET.inputs()) {
      try {
        TARGET.run(input);
      } catch (Throwable e) {
        // It is tried once more, and told then.
      }
    }
  }

  /** Tries one input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    TARGET.run(input);
  }
}
