package dev.tiercel.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A text of SQL that grows together with the values of its parameters. */
final class Parameters {
  private final StringBuilder sql = new StringBuilder(256);
  private final List<Object> values = new ArrayList<>();

  Parameters sql(String text) {
    sql.append(text);
    return this;
  }

  Parameters value(long number) {
    values.add(number);
    return this;
  }

  Parameters value(String text) {
    values.add(text);
    return this;
  }

  Parameters append(Parameters more) {
    sql.append(more.sql);
    values.addAll(more.values);
    return this;
  }

  String sql() {
    return sql.toString();
  }

  void bind(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) instanceof Long number) {
        statement.setLong(i + 1, number);
      } else {
        statement.setString(i + 1, (String) values.get(i));
      }
    }
  }
}
