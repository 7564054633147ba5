/** Looks into other programs that run: finds them, gets in, asks their runtimes. */
@NullMarked
package dev.weft.cli.live;

import org.jspecify.annotations.NullMarked;
