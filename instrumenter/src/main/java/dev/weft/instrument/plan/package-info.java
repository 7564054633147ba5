/** The plan of a body: records and values that hold every decision. Emission sees nothing else. */
@NullMarked
package dev.weft.instrument.plan;

import org.jspecify.annotations.NullMarked;
