package dev.tiercel.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One step of a schema, forward only.
 *
 * @param version the {@code user_version} that the step leads to, from 1 without gaps
 * @param sql the statements of the step
 */
public record Migration(int version, String sql) {
  /**
   * Reads a step's script from beside a class.
   *
   * @param owner a class of the module that holds the script
   * @param resource the script's absolute name
   * @param version the version it leads to
   * @return the step
   * @throws IllegalStateException if there is no such script
   */
  public static Migration fromResource(Class<?> owner, String resource, int version) {
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the jar is incomplete: " + resource + " is missing");
      }
      return new Migration(version, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
