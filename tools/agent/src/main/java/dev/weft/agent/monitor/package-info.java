/** Lets the command line look into a program that runs. Uses no other class of the agent. */
@NullMarked
package dev.weft.agent.monitor;

import org.jspecify.annotations.NullMarked;
