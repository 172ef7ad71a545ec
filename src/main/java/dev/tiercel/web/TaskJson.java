package dev.tiercel.web;

import dev.tiercel.task.Cursor;
import dev.tiercel.task.NumberedPage;
import dev.tiercel.task.Page;
import dev.tiercel.task.Task;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tasks and pages of them as JSON (RFC 8259), for any server or file.
 *
 * <p>A task is an object of its fields by their names and its status. What is null is written as
 * null; times are texts in ISO 8601, in UTC. The lease is left out: whoever knows it can complete
 * the task.
 */
public final class TaskJson {
  private TaskJson() {}

  /**
   * Writes a task.
   *
   * @param task the task
   * @param out where to
   * @throws IOException if that fails
   */
  public static void write(Task task, Appendable out) throws IOException {
    out.append("{\"id\":");
    Json.string(out, task.id());
    text(out, "title", task.title());
    text(out, "description", task.description());
    text(out, "status", task.status().name());
    text(out, "assignedAgentId", task.assignedAgentId());
    out.append(",\"priority\":").append(Integer.toString(task.priority()));
    text(out, "createdAt", task.createdAt());
    text(out, "assignedAt", task.assignedAt());
    text(out, "completedAt", task.completedAt());
    text(out, "updatedAt", task.updatedAt());
    text(out, "leaseExpiresAt", task.leaseExpiresAt());
    out.append(",\"version\":").append(Long.toString(task.version())).append('}');
  }

  private static void text(Appendable out, String name, @Nullable Object value) throws IOException {
    out.append(",\"").append(name).append("\":");
    if (value == null) {
      out.append("null");
    } else {
      Json.string(out, value.toString());
    }
  }

  /**
   * Writes a page: {@code items}, {@code next} and {@code previous} as the texts of cursors or
   * null, and {@code total} if the page knows it.
   *
   * @param page the page
   * @param out where to
   * @throws IOException if that fails
   */
  public static void write(Page<Task> page, Appendable out) throws IOException {
    items(page.items(), out);
    cursor(out, "next", page.next());
    cursor(out, "previous", page.previous());
    if (page.total().isPresent()) {
      out.append(",\"total\":").append(Long.toString(page.total().getAsLong()));
    }
    out.append('}');
  }

  private static void cursor(Appendable out, String name, Optional<Cursor> cursor)
      throws IOException {
    text(out, name, cursor.isPresent() ? cursor.get() : null);
  }

  /**
   * Writes a page by its number: {@code items}, {@code page}, {@code perPage}, {@code total} and
   * {@code totalPages}.
   *
   * @param page the page
   * @param out where to
   * @throws IOException if that fails
   */
  public static void write(NumberedPage<Task> page, Appendable out) throws IOException {
    items(page.items(), out);
    out.append(",\"page\":").append(Integer.toString(page.page()));
    out.append(",\"perPage\":").append(Integer.toString(page.perPage()));
    out.append(",\"total\":").append(Long.toString(page.total()));
    out.append(",\"totalPages\":").append(Long.toString(page.totalPages())).append('}');
  }

  private static void items(List<Task> items, Appendable out) throws IOException {
    out.append("{\"items\":[");
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      write(items.get(i), out);
    }
    out.append(']');
  }
}
