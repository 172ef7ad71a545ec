package dev.tiercel.query;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * What a warmer calls.
 *
 * @param name what it is called in reports
 * @param every the time from the end of a round to the next
 * @param calls gives the calls of a round; each says whether there was anything to be done
 */
record WarmQuery(String name, Duration every, Callable<List<Callable<Boolean>>> calls) {}
