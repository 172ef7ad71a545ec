package dev.tiercel.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tiercel.sqlite.Durability;
import dev.tiercel.task.Task;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/** HikariCP as most have it: ten connections in autocommit, a statement prepared for every call. */
final class HikariWriter implements Writer {
  private final HikariDataSource pool;
  private final AtomicLong lease = new AtomicLong();

  HikariWriter(Path file, Durability durability) {
    pool = pool(file, durability);
  }

  static HikariDataSource pool(Path file, Durability durability) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(Raw.url(file));
    config.setDataSourceProperties(Raw.settingsToWrite(durability));
    config.setMaximumPoolSize(10);
    config.setConnectionTimeout(Raw.PATIENCE_MILLIS);
    return new HikariDataSource(config);
  }

  @Override
  public void add(Task task) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(Raw.INSERT)) {
      Raw.bind(statement, task);
      statement.executeUpdate();
    }
  }

  @Override
  public int claim(int n) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(Raw.CLAIM)) {
      return Raw.claim(statement, lease.incrementAndGet(), n);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
