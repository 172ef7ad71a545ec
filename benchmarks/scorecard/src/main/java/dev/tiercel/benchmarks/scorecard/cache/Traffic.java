package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.benchmarks.chart.Reading;
import dev.tiercel.benchmarks.scorecard.Rates;
import dev.tiercel.benchmarks.scorecard.Rates.Step;
import dev.tiercel.benchmarks.scorecard.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Threads that read while others write, on one side after the other in short rounds, so that what
 * the machine does meanwhile hits them alike.
 */
final class Traffic {
  static final int THREADS = 2;
  static final int WRITES = 200;
  static final int ROUNDS = 5;
  private static final Duration MEASURED = Duration.ofSeconds(1);
  private static final int DRAWN = 1 << 17;
  static final int COMPARED = 500;
  private static final long SEED = 13;

  private final Team team;
  private final Target naive;
  private final Target uncached;
  private final Target cached;
  private final CachedTasks judge;

  /**
   * Between sides that have the team's tasks as they are at first.
   *
   * @param cached whose answers are held against the database after each of its rounds
   */
  Traffic(Team team, Side naive, Side uncached, CachedTasks cached) {
    this.team = team;
    this.naive = Target.of(naive, team);
    this.uncached = Target.of(uncached, team);
    this.cached = Target.of(cached.side(), team);
    this.judge = cached;
  }

  /** A side, and for each thread what it writes there. */
  private record Target(Side side, List<Writer> writers) {
    static Target of(Side side, Team team) {
      List<Writer> writers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        writers.add(new Writer(side, new Writes(team, new Random(SEED + i), i, THREADS)));
      }
      return new Target(side, writers);
    }

    void write(int n) {
      writers.get(n % THREADS).run(n);
    }
  }

  /**
   * What came of it on one side.
   *
   * @param rounds how much the {@value #THREADS} threads got done a second, round by round
   * @param writes how much the paced writer wrote a second, the median; 0 if there was none
   */
  record Figures(List<Double> rounds, double writes) {
    private static Figures of(List<List<Double>> rates) {
      return new Figures(
          rates.stream()
              .map(round -> round.stream().limit(THREADS).mapToDouble(rate -> rate).sum())
              .toList(),
          Columns.median(
              rates.stream()
                  .mapToDouble(round -> round.size() > THREADS ? round.get(THREADS) : 0)));
    }

    Reading done() {
      return Reading.of(rounds);
    }

    /** How many times more it got done than another, round by round. */
    Reading times(Figures other) {
      return Reading.of(
          IntStream.range(0, rounds.size())
              .mapToObj(i -> rounds.get(i) / other.rounds.get(i))
              .toList());
    }
  }

  /** What came of it on each side. */
  record Result(Figures naive, Figures uncached, Figures cached) {}

  /** Readers, and beside them a writer at its own pace. */
  Result read(Function<Reads, List<? extends Request>> drawn)
      throws InterruptedException, ExecutionException {
    List<List<Request>> requests = requests(drawn);
    return measure(
        requests,
        target -> {
          List<Step> steps = new ArrayList<>();
          requests.forEach(own -> steps.add(n -> ask(target, own, n)));
          steps.add(new Paced(WRITES, target::write));
          return steps;
        });
  }

  /** Threads that read and write in turn, as fast as they can. */
  Result readAndWrite() throws InterruptedException, ExecutionException {
    List<List<Request>> requests = requests(reads -> List.of(reads.any()));
    return measure(
        requests,
        target -> {
          List<Step> steps = new ArrayList<>();
          for (int i = 0; i < THREADS; i++) {
            List<Request> own = requests.get(i);
            Writer writer = target.writers().get(i);
            steps.add(
                n -> {
                  if (n % 2 == 0) {
                    ask(target, own, n / 2);
                  } else {
                    writer.run(n);
                  }
                });
          }
          return steps;
        });
  }

  private static void ask(Target target, List<Request> requests, int n) {
    requests.get(n % requests.size()).from(target.side());
  }

  /** Drawn before it is measured, for each thread others, on each side the same. */
  private List<List<Request>> requests(Function<Reads, List<? extends Request>> drawn) {
    List<List<Request>> requests = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Reads reads = new Reads(team, new Random(-SEED - i));
      requests.add(
          Stream.generate(() -> drawn.apply(reads))
              .<Request>flatMap(List::stream)
              .limit(DRAWN)
              .toList());
    }
    return requests;
  }

  private Result measure(List<List<Request>> requests, Function<Target, List<Step>> steps)
      throws InterruptedException, ExecutionException {
    // A cache in use has been asked before.
    requests.stream()
        .flatMap(List::stream)
        .distinct()
        .forEach(request -> request.from(judge.side()));
    judge.flush();
    List<List<Double>> naives = new ArrayList<>();
    List<List<Double>> uncacheds = new ArrayList<>();
    List<List<Double>> cacheds = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      naives.add(Rates.perSecond(steps.apply(naive), MEASURED));
      uncacheds.add(Rates.perSecond(steps.apply(uncached), MEASURED));
      cacheds.add(Rates.perSecond(steps.apply(cached), MEASURED));
      compare(requests.get(round % THREADS), round);
    }
    return new Result(Figures.of(naives), Figures.of(uncacheds), Figures.of(cacheds));
  }

  private void compare(List<Request> requests, int from) {
    for (int i = from; i < requests.size(); i += requests.size() / COMPARED) {
      Request request = requests.get(i);
      judge.check(request, request.from(judge.side()));
    }
  }
}
