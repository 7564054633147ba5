/** The times at which tasks were created, and their creators. */
@NullMarked
package dev.weft.internal.age;

import org.jspecify.annotations.NullMarked;
