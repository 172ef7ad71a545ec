package dev.tiercel.benchmarks.scorecard.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The process of the client: carries out a line's order, and prints what came of it. */
final class LoadClient {
  private LoadClient() {}

  public static void main(String[] args) throws IOException {
    List<AgentList> lists =
        Files.readAllLines(Path.of(args[0])).stream().map(AgentList::parse).toList();
    Map<Site, Freshness> sites = new EnumMap<>(Site.class);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Order order = Order.parse(line);
      Freshness freshness = sites.computeIfAbsent(order.site(), site -> new Freshness(lists));
      System.out.println(new Load(order, lists, freshness).run().line());
    }
  }
}
