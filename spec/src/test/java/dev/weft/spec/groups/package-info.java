/** Chapter "Groups" of the rules: rules 23 to 25. */
package dev.weft.spec.groups;
