package dev.tiercel.soak;

/** A failure that was made on purpose. */
final class SoakFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SoakFault(String what) {
    super(what + " fails on purpose");
  }

  static boolean isIn(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SoakFault) {
        return true;
      }
    }
    return false;
  }
}
