package dev.tiercel.query;

import org.jspecify.annotations.Nullable;

/** What a rule for a method that writes says whatever the arguments are. */
abstract class WriteRule<R extends @Nullable Object, S> extends TagRule<R, S> {
  private boolean everything;

  WriteRule() {}

  /**
   * Voids everything that is cached of the interface.
   *
   * @return this
   */
  public S everything() {
    this.everything = true;
    return self();
  }

  final boolean isEverything() {
    return everything;
  }
}
