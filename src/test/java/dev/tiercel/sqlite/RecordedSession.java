package dev.tiercel.sqlite;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;

/** Opens the plumbing to the tests of other packages. */
public final class RecordedSession {
  private RecordedSession() {}

  /** A session that notes every text of SQL it prepares. */
  public static Session over(Connection connection, Set<String> texts) {
    Connection noting =
        (Connection)
            Proxy.newProxyInstance(
                RecordedSession.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("prepareStatement")) {
                    texts.add((String) arguments[0]);
                  }
                  try {
                    return method.invoke(connection, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return new Session(noting);
  }

  public static Changes changes() {
    return new Changes();
  }
}
