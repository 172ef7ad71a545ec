package dev.tiercel.benchmarks.scorecard;

import dev.tiercel.Tiercel;
import dev.tiercel.web.Dashboard;
import java.io.UncheckedIOException;

/** Shows stacks at work in a dashboard, if the system property {@code serve} asks for that. */
public final class Served {
  private static final int PORT = 7077;

  private Served() {}

  /**
   * Shows a stack until it is closed. All are shown at one port, one after the other, so that a
   * page that is open finds the next one by itself.
   *
   * @param tiercel the stack
   */
  public static void show(Tiercel tiercel) {
    String asked = System.getProperty("serve", "").strip();
    if (asked.isEmpty()) {
      return;
    }
    try {
      Dashboard dashboard = tiercel.dashboard().title("Scorecard").port(port(asked)).start();
      System.out.println("        the dashboard is at " + dashboard.uri());
    } catch (UncheckedIOException e) {
      System.out.println("        no dashboard of this part: " + e.getMessage());
    }
  }

  private static int port(String asked) {
    if (asked.equals("true")) {
      return PORT;
    }
    try {
      int port = Integer.parseInt(asked);
      if (port > 0 && port < 65_536) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new Refusal("-Dserve=" + asked + " is not a port from 1 to 65535");
  }
}
