package dev.tiercel.web;

import dev.tiercel.task.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** Tasks as lines of JSON, of which as much is in memory as goes over the wire at once. */
final class TaskLines {
  private static final int BUFFER = 16 * 1024;

  private final Iterator<Task> tasks;

  TaskLines(Iterator<Task> tasks) {
    this.tasks = tasks;
  }

  /** Opens what the lines are written to. */
  interface Opening {
    OutputStream open() throws IOException;
  }

  /** Writes all of them, having looked at the first before it begins. */
  void writeTo(Opening opening) throws IOException {
    boolean more = tasks.hasNext();
    OutputStream out = opening.open();
    StringBuilder text = new StringBuilder(BUFFER + BUFFER / 2);
    while (more) {
      TaskJson.write(tasks.next(), text);
      text.append('\n');
      more = tasks.hasNext();
      if (text.length() >= BUFFER || !more) {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
      }
    }
    out.close(); // Not if anything above threw: then the body is not whole.
  }
}
