package dev.tiercel.benchmarks.scorecard.web;

/**
 * What the client is told to do.
 *
 * @param site whom to ask
 * @param port where that is
 * @param connections how many stay open, each with one request on its way
 * @param warmUpMillis how long before it counts
 * @param millis how long it counts
 * @param seed of what is asked for
 */
record Order(Site site, int port, int connections, int warmUpMillis, int millis, long seed) {
  String line() {
    return "%s %d %d %d %d %d".formatted(site, port, connections, warmUpMillis, millis, seed);
  }

  static Order parse(String line) {
    String[] cells = line.split(" ");
    return new Order(
        Site.valueOf(cells[0]),
        Integer.parseInt(cells[1]),
        Integer.parseInt(cells[2]),
        Integer.parseInt(cells[3]),
        Integer.parseInt(cells[4]),
        Long.parseLong(cells[5]));
  }
}
