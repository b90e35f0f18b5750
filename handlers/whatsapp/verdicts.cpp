// The meaning of WhatsApp's answers (declared in api.hpp). Codes: Meta's "Cloud API error codes", May 2026.
#include <nlohmann/json.hpp>

#include "bot/inbound.hpp"
#include "handlers/untrusted_json.hpp"
#include "handlers/whatsapp/api.hpp"

namespace handlers::whatsapp {
namespace {

using nlohmann::json;
using std::chrono::seconds;

enum class verdict : std::uint8_t {
  wait_chat,     // this recipient only, the caller's growing back-off
  wait_channel,  // the whole number
  ambiguous,     // temporary, and nobody knows whether it went out
  as_template,   // the 24 hours are over
  recipient,     // this one cannot be reached
  refused,       // never, for a reason of the recipient or the message
  fault,         // never, and somebody of ours must look
  stop,          // nothing more on this channel
};

struct row {
  int first, last;
  verdict what;
  seconds after{0};
};

constexpr seconds minutes_few{120};
constexpr seconds day{86400};

constexpr row rows[] = {
    {0, 0, verdict::stop},                       // token invalid
    {1, 2, verdict::ambiguous},                  // unknown, service down
    {3, 3, verdict::stop},                       // capability missing
    {4, 4, verdict::wait_channel, minutes_few},  // app's request limit
    {10, 10, verdict::stop},                     // permission missing
    {100, 100, verdict::fault},                  // bad parameter
    {190, 190, verdict::stop},                   // token expired or revoked
    {200, 299, verdict::stop},                   // permission missing
    {368, 368, verdict::stop},                   // blocked for policy
    {613, 613, verdict::wait_channel, minutes_few},
    {80007, 80007, verdict::wait_channel, minutes_few},   // account's request limit
    {130429, 130429, verdict::wait_channel, seconds(2)},  // throughput of the number
    {130472, 130472, verdict::refused},                   // recipient is in an experiment
    {130497, 130497, verdict::refused},                   // country not allowed
    {131000, 131000, verdict::ambiguous},
    {131005, 131005, verdict::stop},                       // access denied
    {131008, 131009, verdict::fault},                      // parameter missing or wrong
    {131016, 131016, verdict::ambiguous},                  // service unavailable
    {131021, 131021, verdict::refused},                    // to oneself
    {131026, 131026, verdict::recipient},                  // undeliverable
    {131030, 131030, verdict::refused},                    // not in the test list
    {131031, 131031, verdict::stop},                       // account locked
    {131037, 131037, verdict::stop},                       // display name not approved
    {131042, 131042, verdict::stop},                       // payment
    {131045, 131045, verdict::stop},                       // registration
    {131047, 131047, verdict::as_template},                // more than 24 hours
    {131048, 131048, verdict::stop},                       // spam limit: no automatic try
    {131049, 131049, verdict::wait_chat, day},             // withheld to protect the user
    {131050, 131050, verdict::refused},                    // stopped marketing
    {131051, 131051, verdict::fault},                      // unsupported type
    {131052, 131053, verdict::wait_chat},                  // media download or upload
    {131056, 131056, verdict::wait_chat},                  // pair rate
    {131057, 131057, verdict::wait_channel, minutes_few},  // maintenance
    {132000, 132014, verdict::fault},                      // template: count, missing, text, policy, format
    {132015, 132016, verdict::fault},                      // template paused, disabled
    {132068, 132068, verdict::fault},                      // Flow blocked
    {132069, 132069, verdict::wait_channel, minutes_few},  // Flow throttled
    {133004, 133004, verdict::ambiguous},                  // server unavailable
    {133010, 133010, verdict::stop},                       // not registered
};

send_result result_of(const row& known, int code) {
  using scope = retry_later::scope;
  switch (known.what) {
    case verdict::wait_chat: return retry_later{scope::chat, known.after, false, code};
    case verdict::wait_channel: return retry_later{scope::channel, known.after, false, code};
    case verdict::ambiguous: return retry_later{scope::chat, known.after, true, code};
    case verdict::as_template: return send_differently{send_differently::how::as_template};
    case verdict::recipient: return unreachable{code};
    case verdict::refused: return rejected{code, false};
    case verdict::fault: return rejected{code, true};
    case verdict::stop: break;
  }
  return stop_channel{code};
}

// The message id out of the usual answer; empty: it is to be read as JSON. Within a text of the answer the quotes of
// this mark would be escaped.
std::string id_at_once(std::string_view body) {
  constexpr std::string_view mark = R"("messages":[{"id":")";
  const std::size_t at = body.find(mark);
  if (at == body.npos || !body.starts_with('{') || !body.ends_with('}')) return {};
  body.remove_prefix(at + mark.size());
  const std::size_t end = body.find_first_of("\"\\");
  if (end == body.npos || body[end] != '"' || end > bot::limits::id_bytes) return {};
  return std::string(body.substr(0, end));
}

}  // namespace

send_result decide_code(int code) {
  for (const row& known : rows) {
    if (known.first <= code && code <= known.last) return result_of(known, code);
  }
  return rejected{code, true};
}

send_result decide(int status, std::string_view body) {
  if (status == 200)
    if (std::string id = id_at_once(body); !id.empty()) return sent{std::move(id)};
  json answer;
  if (read_json(body, answer) != json_fault::none) answer = nullptr;
  const json& messages = field(answer, "messages");
  if (status == 200 && messages.is_array() && !messages.empty()) return sent{id_of(field(messages.front(), "id"))};
  if (status == 200 && is_true(field(answer, "success"))) return sent{};  // a read mark

  const auto code = integer_of(field(field(answer, "error"), "code"));
  if (code && *code >= 0 && *code < 10'000'000) return decide_code(static_cast<int>(*code));
  using scope = retry_later::scope;
  if (status == 429) return retry_later{scope::channel, minutes_few, false, status};
  if (status == 401 || status == 403 || status == 404) return stop_channel{status};
  if (status >= 400 && status < 500) return rejected{status, true};
  return retry_later{scope::chat, seconds(0), true, status};
}

}  // namespace handlers::whatsapp
