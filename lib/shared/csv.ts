/** The one CSV parser, for the rooms that read or write tables. */
export { default as Papa } from "papaparse";
