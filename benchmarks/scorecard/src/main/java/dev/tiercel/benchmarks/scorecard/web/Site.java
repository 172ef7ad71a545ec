package dev.tiercel.benchmarks.scorecard.web;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.tiercel.Tiercel;
import dev.tiercel.benchmarks.scorecard.NaiveRepository;
import dev.tiercel.sqlite.Durability;
import dev.tiercel.web.ResponseCache;
import dev.tiercel.web.TaskListing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** What answers behind a server of its own; everything else is the same for all. */
enum Site {
  /** As it is done today: a connection for every request. */
  NAIVE("naive") {
    @Override
    void mount(HttpServer server, String file) {
      NaiveRepository tasks = new NaiveRepository(Path.of(file));
      context(server, LIST, new NaiveListing(tasks));
      context(
          server,
          TITLE,
          new Retitle(
              (id, title) -> tasks.save(tasks.findById(id).orElseThrow().withTitle(title))));
    }
  },

  /** The stack as it comes, whose repository has a cache. */
  TIERCEL("Tiercel") {
    @Override
    void mount(HttpServer server, String file) {
      listing(server, open(file));
    }
  },

  /** The same behind a cache of responses. */
  CACHED("+ responses") {
    @Override
    void mount(HttpServer server, String file) {
      Tiercel tiercel = open(file);
      listing(server, tiercel)
          .getFilters()
          .add(ResponseCache.of(tiercel.cache()).ttl(Duration.ofSeconds(30)).filter());
    }
  },

  /** The same number of bytes, always the same ones: what the server itself costs. */
  CONSTANT("constant") {
    @Override
    void mount(HttpServer server, String length) {
      context(server, LIST, new ConstantListing(Integer.parseInt(length)));
      context(server, TITLE, new Retitle((id, title) -> {}));
    }
  };

  /** Where a list is read. */
  static final String LIST = "/tasks";

  /** Where a title is written. */
  static final String TITLE = "/title";

  /** How many tasks a list has, at most. */
  static final int ROWS = 50;

  private final String title;

  Site(String title) {
    this.title = title;
  }

  /** What it is called in a table. */
  String title() {
    return title;
  }

  /** What its bar in a chart is called. */
  String label() {
    return this == CACHED ? "Tiercel " + title : title;
  }

  /** What it is called in a sentence. */
  String server() {
    return name().toLowerCase(Locale.ROOT) + " server";
  }

  /** Whether what it answers is what it was told. */
  boolean remembers() {
    return this != CONSTANT;
  }

  /**
   * Puts its handlers into a server.
   *
   * @param server the server
   * @param of the file of the database, or how many bytes there are to answer
   */
  abstract void mount(HttpServer server, String of);

  private static Tiercel open(String file) {
    return Tiercel.builder(Path.of(file)).durability(Durability.FULL).build();
  }

  private static HttpContext listing(HttpServer server, Tiercel tiercel) {
    context(
        server,
        TITLE,
        new Retitle(
            (id, title) ->
                tiercel.tasks().save(tiercel.tasks().findById(id).orElseThrow().withTitle(title))));
    return context(server, LIST, TaskListing.pages(tiercel.tasks()).handler());
  }

  private static HttpContext context(HttpServer server, String path, HttpHandler handler) {
    HttpContext context = server.createContext(path, handler);
    context.getFilters().add(new Telling());
    return context;
  }
}
