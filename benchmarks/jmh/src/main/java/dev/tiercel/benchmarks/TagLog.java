package dev.tiercel.benchmarks;

import dev.tiercel.sqlite.RowChange;
import dev.tiercel.sqlite.WriteJournal;
import dev.tiercel.task.Task;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a cache adds to a commit: one row with a hash of everything that it makes stale, or an empty
 * one ("everything") beyond 256.
 */
final class TagLog implements WriteJournal {
  static final String CREATE =
      "CREATE TABLE IF NOT EXISTS log (seq INTEGER PRIMARY KEY, tags BLOB NOT NULL)";
  static final String APPEND = "INSERT INTO log (tags) VALUES (?)";
  private static final int MOST = 256;

  private TagLog() {}

  static TagLog in(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection(Raw.url(file));
        Statement statement = connection.createStatement()) {
      statement.execute(CREATE);
    }
    return new TagLog();
  }

  @Override
  public void beforeCommit(Connection connection, List<RowChange> changes) throws SQLException {
    Set<Long> tags = new HashSet<>();
    for (RowChange change : changes) {
      add(tags, (Task) change.before());
      add(tags, (Task) change.after());
      if (tags.size() > MOST) {
        tags.clear();
        break;
      }
    }
    ByteBuffer blob = ByteBuffer.allocate(tags.size() * Long.BYTES);
    tags.forEach(blob::putLong);
    try (PreparedStatement append = connection.prepareStatement(APPEND)) {
      append.setBytes(1, blob.array());
      append.executeUpdate();
    }
  }

  private static void add(Set<Long> tags, Task task) {
    if (task != null) {
      tags.add(tag("task", task.id()));
      tags.add(tag("agent", task.assignedAgentId()));
      tags.add(tag("status", task.status().name()));
    }
  }

  private static long tag(String kind, String value) {
    return (long) kind.hashCode() << 32 ^ (value == null ? 0 : value.hashCode());
  }

  @Override
  public void committed() {}

  @Override
  public void rolledBack() {}

  @Override
  public void unknown() {}
}
