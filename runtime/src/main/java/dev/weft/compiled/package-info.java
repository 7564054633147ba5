/** What compiled async bodies link to. Programs name nothing of it. */
@NullMarked
package dev.weft.compiled;

import org.jspecify.annotations.NullMarked;
