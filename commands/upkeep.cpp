#include "commands/upkeep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <set>

#include "bot/written_moment.hpp"

namespace commands {
namespace {

std::string told(const std::map<std::string, std::int64_t>& uses) {
  std::string line;
  for (const auto& [what, count] : uses) line += fmt::format("{}{} {}", line.empty() ? "" : ", ", count, what);
  return line.empty() ? "nothing" : line;
}

storage::key_uses all_uses(storage::store& store, const storage::media_files& files) {
  auto all = store.uses_of_keys();
  for (const auto& [number, count] : files.uses_of_keys()) all[number]["files"] += count;
  return all;
}

void list_data_keys(storage::store& store, const storage::media_files& files, std::ostream& out) {
  auto uses = all_uses(store, files);
  for (const int number : store.keys().numbers()) {
    out << fmt::format("key {}{}: {}\n", number, number == store.keys().newest() ? " (newest)" : "",
                       told(uses[number]));
    uses.erase(number);
  }
  for (const auto& [number, what] : uses)
    out << fmt::format("key {} is gone, and cannot be read: {}\n", number, told(what));
}

}  // namespace

int backup(storage::store& store, const std::filesystem::path& media, const std::string& file, std::ostream& out,
           std::ostream& errors) {
  if (std::filesystem::exists(file)) {
    errors << "kentongan: " << file << " exists already\n";
    return 1;
  }
  store.backup(file);
  out << file << " holds the whole database: cases, conversations, officers, what waits to be sent.\n"
      << "It does not hold the key file, without which no address can be read: keep a copy of that elsewhere.\n"
      << fmt::format(
             "It does not hold the {} file(s) that people sent with reports, sealed: copy the folder {} after this, as "
             "it is.\n",
             store.media().files().size(), media.string());
  return 0;
}

int tell_restored(const storage::restored& r, const storage::media_files& files, const storage::vault& keys,
                  std::ostream& out, std::ostream& errors) {
  out << fmt::format("restored, generation {}\n", r.generation);
  const std::string made = r.copied_at ? bot::written_utc(*r.copied_at) : std::string("an unknown time");
  if (r.last_written)
    out << fmt::format("copy from {}, the database was last written {}: what came in between is not in this copy\n",
                       made, bot::written_utc(*r.last_written));
  else
    out << fmt::format("copy from {}; there was no database before it\n", made);
  if (r.waiting > 0)
    out << fmt::format(
        "{} message(s) were queued in the copy and may have gone out since; they wait: `kentongan unsent` lists them, "
        "and sends what you choose\n",
        r.waiting);
  if (r.timers > 0)
    out << fmt::format("{} timer(s) came due meanwhile; they are spread over {} s from now\n", r.timers,
                       std::chrono::ceil<std::chrono::seconds>(r.timers_take).count());
  const auto there = files.names();
  const auto lacking = [](const std::set<std::string>& some, const std::set<std::string>& of) {
    return std::count_if(of.begin(), of.end(), [&](const auto& name) { return !some.contains(name); });
  };
  if (const auto missing = lacking(there, r.media); missing > 0)
    out << fmt::format(
        "{} of {} file(s) of reports are not in the media folder: put your copy of them back, or officers will not see "
        "them\n",
        missing, r.media.size());
  if (const auto strange = lacking(r.media, there); strange > 0)
    out << fmt::format(
        "{} file(s) in the media folder came after this copy: the service removes them when it starts; keep them first "
        "if the replaced database may be wanted again\n",
        strange);
  int answer = 0;
  for (const auto& sealed : r.samples)
    if (!keys.unseal(sealed)) {
      errors << fmt::format("kentongan: the key file does not open addresses of this copy, which need key {}\n",
                            static_cast<unsigned char>(sealed[0]));
      answer = 1;
    }
  return answer;
}

int unsent(storage::store& store, const again_order& order, bot::instant now, std::ostream& out, std::ostream& errors) {
  constexpr std::size_t page = 1000;
  constexpr const char* held = "before_restore";
  std::vector<std::int64_t> ids = order.ids;
  std::int64_t after = 0;
  for (bool more = true; more;) {
    const auto some = store.given_up(after, page);
    more = some.size() == page;
    for (const auto& one : some) {
      after = one.id;
      out << fmt::format("{}  {}  {}  {:24}  {:8}  {}\n", one.id, bot::written_utc(one.made_at), one.contact,
                         one.key.empty() ? "-" : one.key, one.state, one.code);
      if (order.all && one.code == held && !one.key.empty()) ids.push_back(one.id);
    }
  }
  if (after == 0) out << "nothing was given up\n";
  int answer = 0;
  std::size_t queued = 0;
  for (const auto id : ids) {
    if (store.send_again(id, now)) {
      ++queued;
      continue;
    }
    errors << fmt::format("kentongan: {} is not a message that a restore held back\n", id);
    answer = 1;
  }
  if (!ids.empty()) out << queued << " queued; the service sends them when it starts\n";
  return answer;
}

int list_keys(storage::store& store, const storage::media_files& files, const storage::master_keys& masters,
              std::ostream& out) {
  list_data_keys(store, files, out);
  for (const auto& master : masters.all())
    if (master.number != masters.newest())
      out << fmt::format("master key {} is still in the key file; only older copies of the database need it\n",
                         master.number);
  return 0;
}

int rewrap(storage::store& store, storage::media_files& files, std::ostream& out) {
  const auto rows = store.rewrap();
  out << fmt::format("{} row(s) and {} file(s) brought to key {}\n", rows, files.rewrap(), store.keys().newest());
  list_data_keys(store, files, out);
  return 0;
}

int drop_key(storage::store& store, const storage::media_files& files, const std::filesystem::path& key_file,
             int number, bool anyway, std::ostream& out, std::ostream& errors) {
  const auto masters = storage::master_keys::open(key_file);
  const bool is_older_master = masters.has(number) && number != masters.newest();
  const auto uses = all_uses(store, files);
  if (const auto still = uses.find(number); still != uses.end() && !anyway) {
    errors << fmt::format(
        "kentongan: key {} is still needed in the database: {}. `kentongan key rewrap` takes over what it can; counted "
        "messages, receipts and one-time codes go with time, PINs with their cases. --anyway gives them up. Nothing "
        "was changed.\n",
        number, told(still->second));
    return 1;
  }
  const bool dropped = store.drop_key(number);
  if (!dropped && !is_older_master) {
    errors << fmt::format("kentongan: there is no older key {}\n", number);
    return 1;
  }
  if (is_older_master) {
    storage::master_keys::drop_from(key_file, number);
    out << fmt::format("master key {} is out of {}\n", number, key_file.string());
  }
  if (dropped) out << "key " << number << " is gone\n";
  return 0;
}

}  // namespace commands
