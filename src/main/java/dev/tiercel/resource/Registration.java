package dev.tiercel.resource;

import dev.tiercel.resource.CloseReport.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The place of one resource in its manager; closed, or detached, once. */
final class Registration implements Handle {
  private final ResourceManager manager;
  private final long number;
  private final String name;
  private final Supplier<List<Entry>> part;
  private final Once closing = new Once();

  Registration(ResourceManager manager, long number, String name, Supplier<List<Entry>> part) {
    this.manager = manager;
    this.number = number;
    this.name = name;
    this.part = part;
  }

  /** Closes, or waits for whoever does; empty if this call did not close it. */
  List<Entry> close() {
    List<Entry> ended = new ArrayList<>();
    closing.run(
        () -> {
          ended.addAll(part.get());
          manager.count(ended); // Before whoever waits for this goes on.
        });
    return ended;
  }

  @Override
  public void closeNow() {
    List<Entry> ended = close();
    // Not before: a manager that is being closed meanwhile finds it in its place, and waits.
    manager.forget(number);
    ResourceCloseException.throwFirst(new CloseReport(name, ended));
  }

  @Override
  public boolean detach() {
    boolean detached = closing.skip();
    if (detached) {
      manager.forget(number);
    }
    return detached;
  }
}
