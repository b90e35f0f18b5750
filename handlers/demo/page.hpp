// The page of the demo and what it asks for.
//   GET  /demo                    the page;  /demo/<file> its files
//   GET  /demo/api/state?since=V  what changed after version V: messages, cases, the clock
//   GET  /demo/api/units, /demo/api/map, /demo/api/file/<id>
//   POST /demo/api/say {person, text}      /demo/api/tap {person, message, data}    /demo/api/pin {person, latitude,
//   longitude} POST /demo/api/file?person=&caption=   the file as body, its type as Content-Type POST /demo/api/unit
//   {unit}             /demo/api/time {minutes}
// Answers 200 {}, 400 for what makes no sense, 413 for too large a file.
#pragma once

#include <string>

#include "handlers/demo/stage.hpp"
#include "handlers/http/router.hpp"

namespace handlers::demo {

// `map` is what draw_map gave. The stage outlives the routes.
void add_page(http::router&, stage&, std::string map);

}  // namespace handlers::demo
