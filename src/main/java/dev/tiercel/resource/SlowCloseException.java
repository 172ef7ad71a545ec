package dev.tiercel.resource;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** The time limit is over; a type of its own, because a closer may throw the JDK's itself. */
final class SlowCloseException extends TimeoutException {
  private static final long serialVersionUID = 1L;

  SlowCloseException(String name, Duration limit, StackTraceElement[] where) {
    super("'" + name + "' was not closed within " + limit + "; it was left at this place");
    setStackTrace(where);
  }
}
