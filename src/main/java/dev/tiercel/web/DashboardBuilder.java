package dev.tiercel.web;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link Dashboard} before it is opened: in a server of its own by {@link #start}, or
 * in somebody's by {@link #handler}. Nothing is read before that. A value out of its range is
 * refused where it is set. Used by one thread.
 */
public final class DashboardBuilder {
  private static final int SHORTEST_TOKEN = 16;
  private static final int MOST_STREAMS = 1_000;

  private final List<DashboardSource> sources = new ArrayList<>();
  private String title = "Tiercel";
  private InetAddress address = InetAddress.getLoopbackAddress();
  private int port;
  private @Nullable String token;
  private Set<String> hosts = Set.of();
  private boolean actions;
  private int streams = 16;
  private InstantSource clock = InstantSource.system();
  private LongSupplier nanoTime = System::nanoTime;
  private @Nullable ScheduledExecutorService timer;
  private Function<? super AutoCloseable, ? extends Runnable> keeper = any -> () -> {};

  DashboardBuilder(DashboardSource... sources) {
    for (DashboardSource source : sources) {
      add(source);
    }
  }

  /**
   * Adds something that the dashboard shows, after what it shows already.
   *
   * @param source the source
   * @return this builder
   * @throws IllegalArgumentException if there is a source of that kind and name
   */
  public DashboardBuilder add(DashboardSource source) {
    Objects.requireNonNull(source, "source must not be null");
    for (DashboardSource known : sources) {
      if (known.kind.equals(source.kind) && known.name.equals(source.name)) {
        throw new IllegalArgumentException(
            "two sources of kind " + source.kind + " are called '" + source.name + "'; rename one");
      }
    }
    sources.add(source);
    return this;
  }

  /**
   * Sets what stands above the page.
   *
   * @param text the title, from 1 to 100 characters; the default is {@code Tiercel}
   * @return this builder
   * @throws IllegalArgumentException if it is blank or longer
   */
  public DashboardBuilder title(String text) {
    if (text.isBlank() || text.length() > 100) {
      throw new IllegalArgumentException(
          "the title must have from 1 to 100 characters, but is '" + text + "'");
    }
    title = text;
    return this;
  }

  /**
   * Sets the address at which {@link #start} listens. One that other machines reach needs a {@link
   * #token}.
   *
   * @param local an address of this machine; the default is that of the loopback, 127.0.0.1
   * @return this builder
   */
  public DashboardBuilder address(InetAddress local) {
    address = Objects.requireNonNull(local, "local must not be null");
    return this;
  }

  /**
   * Sets the port at which {@link #start} listens.
   *
   * @param number from 0 to 65535; the default is 0, any that is free
   * @return this builder
   * @throws IllegalArgumentException if the number is out of that range
   */
  public DashboardBuilder port(int number) {
    if (number < 0 || number > 65_535) {
      throw new IllegalArgumentException(
          "the port must be from 0 (any that is free) to 65535, but is " + number);
    }
    port = number;
    return this;
  }

  /**
   * Sets what one has to know to see the dashboard: typed into the page, or sent as {@code
   * Authorization: Bearer}. It never stands in an address. With it, other machines may see the
   * dashboard.
   *
   * @param secret at least 16 printable characters of ASCII without blanks, drawn at random; there
   *     is none by default
   * @return this builder
   * @throws IllegalArgumentException if it is shorter, or has others; the message does not show it
   */
  public DashboardBuilder token(String secret) {
    if (secret.length() < SHORTEST_TOKEN || secret.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new IllegalArgumentException(
          "the token must have at least "
              + SHORTEST_TOKEN
              + " printable ASCII characters without blanks, but one of "
              + secret.length()
              + " was given; draw one at random, such as by: openssl rand -hex 16");
    }
    token = secret;
    return this;
  }

  /**
   * Sets the names by which the server may be called, beside {@code localhost}, {@code 127.0.0.1}
   * and {@code [::1]}. Requests for other names are refused on the loopback, so that no page of
   * somebody else's reaches the dashboard by a name that points here; elsewhere, only if there are
   * names.
   *
   * @param names names without a port, such as {@code build.example.org}
   * @return this builder
   */
  public DashboardBuilder hosts(String... names) {
    Set<String> lower = new HashSet<>();
    for (String name : names) {
      lower.add(name.toLowerCase(Locale.ROOT));
    }
    hosts = Set.copyOf(lower);
    return this;
  }

  /**
   * Sets whether the page can do something: void answers by tag or prefix, and warm now. Only the
   * page itself may ask for that.
   *
   * @param enabled whether it can; the default is false
   * @return this builder
   */
  public DashboardBuilder actions(boolean enabled) {
    actions = enabled;
    return this;
  }

  /**
   * Sets how many pages may watch at once; one more is refused. Each takes a thread only while it
   * is being written to.
   *
   * @param most from 1 to 1,000; the default is 16
   * @return this builder
   * @throws IllegalArgumentException if the number is out of that range
   */
  public DashboardBuilder streams(int most) {
    if (most < 1 || most > MOST_STREAMS) {
      throw new IllegalArgumentException("streams must be from 1 to 1000, but is " + most);
    }
    streams = most;
    return this;
  }

  /**
   * Sets what tells the time of samples.
   *
   * @param source the clock; the default is the system's
   * @return this builder
   */
  public DashboardBuilder clock(InstantSource source) {
    clock = Objects.requireNonNull(source, "source must not be null");
    return this;
  }

  /**
   * Sets what measures the time between samples, and how long clients hold up a thread.
   *
   * @param nanos as {@link System#nanoTime()}, the default
   * @return this builder
   */
  public DashboardBuilder ticker(LongSupplier nanos) {
    nanoTime = Objects.requireNonNull(nanos, "nanos must not be null");
    return this;
  }

  /**
   * Sets where samples are taken once a second.
   *
   * @param executor the executor, which stays the caller's to close; the default is a daemon thread
   * @return this builder
   */
  public DashboardBuilder timer(ScheduledExecutorService executor) {
    timer = Objects.requireNonNull(executor, "executor must not be null");
    return this;
  }

  /**
   * Sets who keeps each dashboard that this builder opens, to close it before what it shows is
   * closed.
   *
   * @param keeping is given what is to be closed, before it is handed out, and returns what is run
   *     when it is closed, to forget it; what it throws is thrown on, and the dashboard is closed
   * @return this builder
   */
  public DashboardBuilder keptBy(Function<? super AutoCloseable, ? extends Runnable> keeping) {
    keeper = Objects.requireNonNull(keeping, "keeping must not be null");
    return this;
  }

  /**
   * Opens the dashboard in a server of its own.
   *
   * @return the dashboard, to be closed by the caller before what it shows
   * @throws IllegalStateException if other machines reach the {@link #address} and there is no
   *     token, or if there is no source
   * @throws java.io.UncheckedIOException if the port cannot be had
   */
  public Dashboard start() {
    requireSources();
    if (!address.isLoopbackAddress() && token == null) {
      throw new IllegalStateException(
          "other machines would see the dashboard at "
              + address.getHostAddress()
              + "; set token(…), or leave address(…) out to have it on this machine only");
    }
    Dashboard dashboard = new Dashboard(this, address, port);
    keep(dashboard.handler(), dashboard);
    return dashboard;
  }

  /**
   * Opens the dashboard for a server that exists; {@link #address} and {@link #port} are the
   * server's then.
   *
   * @return the handler, to be closed by the caller before what it shows
   * @throws IllegalStateException if there is no source
   */
  public DashboardHandler handler() {
    requireSources();
    DashboardHandler handler = new DashboardHandler(this);
    keep(handler, handler);
    return handler;
  }

  private void keep(DashboardHandler handler, AutoCloseable whole) {
    try {
      handler.keptBy(keeper, whole);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e); // Neither of the two throws that.
    }
  }

  private void requireSources() {
    if (sources.isEmpty()) {
      throw new IllegalStateException("there is nothing to show; add(…) a source");
    }
  }

  List<DashboardSource> sources() {
    return List.copyOf(sources);
  }

  String title() {
    return title;
  }

  DashboardAccess access() {
    return new DashboardAccess(token, hosts);
  }

  boolean mayAct() {
    return actions;
  }

  int mostStreams() {
    return streams;
  }

  InstantSource clock() {
    return clock;
  }

  LongSupplier nanoTime() {
    return nanoTime;
  }

  @Nullable ScheduledExecutorService timer() {
    return timer;
  }
}
