package dev.tiercel.cache;

import java.util.AbstractList;
import java.util.function.Consumer;

/** Patterns that cannot be made known a few times, because there is no memory. */
final class ListWithoutMemory extends AbstractList<String> {
  private int failures;

  ListWithoutMemory(int failures) {
    this.failures = failures;
  }

  @Override
  public void forEach(Consumer<? super String> action) {
    if (failures-- > 0) {
      throw new OutOfMemoryError("none left");
    }
    action.accept(get(0));
  }

  @Override
  public String get(int index) {
    return "tasks:*";
  }

  @Override
  public int size() {
    return 1;
  }
}
