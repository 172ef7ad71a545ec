package dev.tiercel.cache;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LocationAwareLogger;

/** What one logger warns of, which the tests' log leaves out. */
public final class CapturedLog implements AutoCloseable {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream before = System.err;
  private final Logger logger;
  private final Field level;
  private final int usual;

  public CapturedLog(Class<?> type) throws ReflectiveOperationException {
    this(type.getName());
  }

  public CapturedLog(String name) throws ReflectiveOperationException {
    logger = LoggerFactory.getLogger(name);
    level = logger.getClass().getDeclaredField("currentLogLevel"); // There is no other way.
    level.setAccessible(true);
    usual = level.getInt(logger);
    level.setInt(logger, LocationAwareLogger.WARN_INT);
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  /** The warnings, without their stack traces. */
  public List<String> warnings() {
    return bytes
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("WARN") && line.contains(logger.getName()))
        .toList();
  }

  /** All that was written, by whomever. */
  public String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws ReflectiveOperationException {
    System.setErr(before);
    level.setInt(logger, usual);
  }
}
