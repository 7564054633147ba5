/** Chapter "Order" of the rules: rules 1 to 8. */
package dev.weft.spec.order;
