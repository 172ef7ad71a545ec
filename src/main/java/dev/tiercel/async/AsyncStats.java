package dev.tiercel.async;

/**
 * What {@link AsyncCalls} is doing and has done. Each number is right, but they are not all as of
 * one moment. A batch of a stream counts as a call.
 *
 * @param running how many calls run now
 * @param waiting how many wait for a thread now
 * @param streams how many streams are open now
 * @param completed how many calls returned
 * @param failed how many threw
 * @param cancelled how many were cancelled, or completed by somebody else, before they were done
 * @param timedOut how many were not done by their deadline
 * @param rejected how many calls and streams found no place
 */
public record AsyncStats(
    int running,
    int waiting,
    int streams,
    long completed,
    long failed,
    long cancelled,
    long timedOut,
    long rejected) {}
