package dev.tiercel.soak;

import org.jspecify.annotations.Nullable;

/** A failure that was made on purpose. */
final class SoakFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  final Maker maker;

  /** Who fails. */
  enum Maker {
    LOADER,
    TRANSACTION
  }

  SoakFault(Maker maker) {
    super(maker + " fails on purpose");
    this.maker = maker;
  }

  /** The one that a failure comes from; null if it does not come from one. */
  static @Nullable SoakFault in(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SoakFault fault) {
        return fault;
      }
    }
    return null;
  }
}
