package dev.tiercel.memory;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LocationAwareLogger;

/** What one logger says from level DEBUG on. */
final class DebugLog implements AutoCloseable {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream before = System.err;
  private final Logger logger;
  private final Field level;
  private final int usual;

  DebugLog(Class<?> type) throws ReflectiveOperationException {
    logger = LoggerFactory.getLogger(type);
    level = logger.getClass().getDeclaredField("currentLogLevel"); // There is no other way.
    level.setAccessible(true);
    usual = level.getInt(logger);
    level.setInt(logger, LocationAwareLogger.DEBUG_INT);
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  List<String> lines() {
    return bytes
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains(logger.getName()))
        .toList();
  }

  @Override
  public void close() throws ReflectiveOperationException {
    System.setErr(before);
    level.setInt(logger, usual);
  }
}
