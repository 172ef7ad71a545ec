package dev.tiercel.benchmarks;

import dev.tiercel.sqlite.Durability;
import dev.tiercel.task.Task;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/** sqlite-jdbc by hand: one connection in autocommit whose statements stay prepared. */
final class BareWriter implements Writer {
  private final Connection connection;
  private final PreparedStatement insert;
  private final PreparedStatement claim;
  private final AtomicLong lease = new AtomicLong();

  BareWriter(Path file, Durability durability) throws SQLException {
    connection = DriverManager.getConnection(Raw.url(file), Raw.settingsToWrite(durability));
    insert = connection.prepareStatement(Raw.INSERT);
    claim = connection.prepareStatement(Raw.CLAIM);
  }

  @Override
  public synchronized void add(Task task) throws SQLException {
    Raw.bind(insert, task);
    insert.executeUpdate();
  }

  @Override
  public synchronized int claim(int n) throws SQLException {
    return Raw.claim(claim, lease.incrementAndGet(), n);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
