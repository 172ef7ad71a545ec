/**
 * What stands between a server and the application's handlers: a framework-neutral exchange, and
 * its faces for the JDK's server and for servlet containers.
 */
@NullMarked
package dev.tiercel.web;

import org.jspecify.annotations.NullMarked;
