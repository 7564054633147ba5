/** The rules 1 to 8 of the runtime: the order in which things run. */
package dev.weft.spec.order;
