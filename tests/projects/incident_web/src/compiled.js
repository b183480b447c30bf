"use strict";
// What a compiler made of the templates of the client, for old browsers.
var __makeTemplateObject = function (cooked, raw) { cooked.raw = raw; return cooked; };
exports.__esModule = true;
exports.DELETE = void 0;
var client_1 = require("@apollo/client");
var IDS = "emessage_ids: $ids";
exports.DELETE = (0, client_1.gql)(templateObject_1 || (templateObject_1 = __makeTemplateObject(["\n  mutation Compiled($ids: [String!]!) {\n    emessages_delete(", ")\n  }\n"], ["\n  mutation Compiled($ids: [String!]!) {\n    emessages_delete(", ")\n  }\n"])), IDS);
exports.UNKNOWN = (0, client_1.gql)(templateObject_2 || (templateObject_2 = __makeTemplateObject(["", ""], ["", ""])), fields());
var templateObject_1, templateObject_2;
