/** Diagnostics: code that is refused, code that is warned about, and the wording of both. */
@NullMarked
package dev.weft.instrument.diagnose;

import org.jspecify.annotations.NullMarked;
