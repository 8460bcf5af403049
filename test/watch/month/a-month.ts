/**
 * A month of 200 domains as a script: what happens, and after the arrow what is told of it and in how many minutes. Times are
 * UTC, day 1 is Sunday, 1 March 2026. `nord` and `syd` are zones of providers with 40 domains each, which hold skole-001 to
 * 080; `dk` is a registry with 150, skole-001 to 150; the others are under eu. A round is made every hour, a second look ten
 * minutes after it. What is told of a mass waits for the next round. The digest is made after seven in Denmark.
 */
export const A_MONTH = `
day 2 09:20   skole-117.dk loses its signatures                        -> regression of skole-117.dk within 75
day 2 15:40   skole-117.dk is mended                                   -> recovery of skole-117.dk within 75
day 3 01:50   zone nord breaks                                         -> regression of 40 about nord within 75
day 3 06:10   zone nord is mended                                      -> recovery of 40 about nord within 75
day 3 10:55   skole-118.dk, skole-119.dk loses its signatures          -> regression of skole-118.dk within 75 + regression of skole-119.dk within 75
day 3 18:05   skole-118.dk is mended                                   -> recovery of skole-118.dk within 75
day 3 20:30   skole-119.dk is mended                                   -> recovery of skole-119.dk within 75
day 4 01:00   resolvers time out until day 4 04:00                     -> gap of 200 for dns-timeout within 65
day 4 12:30   skole-151.eu answers SERVFAIL until day 4 20:00          -> gap of skole-151.eu for dns-servfail within 95
day 4 16:58   skole-120.dk loses its signatures until day 4 17:03      -> nothing
day 4 22:30   skole-152.eu answers SERVFAIL until day 5 00:20          -> gap of skole-152.eu for dns-servfail within 95
day 5 00:00   skole-121.dk flaps until day 6 00:00                     -> nothing
day 5 08:15   skole-122.dk loses its signatures                        -> regression of skole-122.dk within 180
day 5 09:00   resolvers time out until day 5 10:30                       -> gap of 199 for dns-timeout within 65
day 5 13:30   skole-122.dk is mended                                   -> recovery of skole-122.dk within 75
day 6 10:00   process is killed                                        -> nothing
day 6 13:10   process is killed                                        -> nothing
day 6 15:30   process is stopped                                       -> nothing
day 6 16:58   skole-123.dk loses its signatures                        -> regression of skole-123.dk within 75
day 6 17:00   process is killed                                        -> nothing
day 6 17:10   process is killed                                        -> nothing
day 6 21:58   skole-123.dk is mended                                   -> recovery of skole-123.dk within 75
day 6 22:10   process is killed                                        -> nothing
day 7 09:04   clock is set back 3 minutes                              -> nothing
day 7 10:30   clock is set right                                       -> nothing
day 7 11:01   clock is set back 3 minutes                              -> nothing
day 7 12:01   clock is set right                                       -> nothing
day 7 15:20   machine sleeps 5 hours                                   -> nothing
day 8 00:05   machine sleeps 3 hours                                   -> nothing
day 8 05:30   skole-124.dk loses its signatures                        -> regression of skole-124.dk within 75
day 8 06:05   clock is set back 4 minutes                              -> nothing
day 8 08:30   clock is set right                                       -> nothing
day 9 06:00   morning comes, a Monday                                  -> digest of 0 and 1 open within 75
day 9 09:10   skole-124.dk is mended                                   -> recovery of skole-124.dk within 75
day 10 01:30  our resolver strips signatures until day 10 02:30, controls doubtful -> doubt controls within 35
day 10 04:30  our resolver strips signatures until day 10 08:30, controls doubtful -> doubt controls within 35 + gap of 190 for internal within 95
day 10 05:40  skole-199.eu loses its signatures                        -> gap of skole-199.eu for internal within 95 + regression of skole-199.eu within 275
day 10 11:30  skole-199.eu is mended                                   -> recovery of skole-199.eu within 75
day 11 01:30  our resolver strips signatures until day 11 02:30, controls unknown  -> doubt mass within 35
day 11 10:30  our resolver strips signatures until day 11 11:05, controls unknown  -> doubt mass within 35
day 11 10:40  skole-125.dk loses its signatures                        -> regression of skole-125.dk within 95
day 11 16:15  skole-125.dk is mended                                   -> recovery of skole-125.dk within 75
day 12 08:20  zone dk breaks                                           -> doubt mass within 45 + regression of 150 about dk within 105
day 12 14:20  zone dk is mended                                        -> recovery of 150 about dk within 75
day 13 02:40  zone syd breaks                                          -> regression of 40 about syd within 75
day 13 03:00  process is killed                                        -> nothing
day 13 05:40  zone syd is mended                                       -> recovery of 40 about syd within 75
day 13 06:00  process is killed                                        -> nothing
day 14 12:00  rules rise to version 2                                  -> nothing
day 15 06:00  morning comes, with what the rules changed               -> digest of 12 and 0 open within 75
day 15 12:30  skole-126.dk loses its signatures                        -> regression of skole-126.dk within 75
day 15 18:20  skole-126.dk is exempted until day 21 12:00              -> forecast of exemption within 75 + recovery of skole-126.dk within 75
day 17 14:20  new-1.dk is added                                        -> nothing
day 18 06:00  morning comes, with what was added                       -> digest of 1 and 0 open within 75
day 18 11:20  skole-001.dk is removed                                  -> nothing
day 18 06:00  process is killed                                        -> nothing
day 19 11:20  skole-001.dk is added                                    -> nothing
day 19 22:30  skole-127.dk warns                                       -> change of skole-127.dk within 135
day 20 05:30  skole-128.dk warns until day 20 06:30                    -> nothing
day 21 12:00  the exemption ends                                       -> forecast of exemption within 75 + regression of skole-126.dk within 75
day 21 16:30  skole-126.dk is mended                                   -> recovery of skole-126.dk within 75
day 22 08:30  mail server refuses until day 22 13:00                   -> nothing
day 22 08:31  skole-129.dk loses its signatures                        -> regression of skole-129.dk within 275
day 22 11:31  skole-130.dk loses its signatures                        -> regression of skole-130.dk within 95
day 22 17:20  skole-129.dk, skole-130.dk is mended                     -> recovery of skole-129.dk within 75 + recovery of skole-130.dk within 75
day 23 03:00  process is killed, for 9 hours                           -> nothing
day 23 05:30  skole-155.eu loses its signatures                        -> regression of skole-155.eu within 435
day 23 16:30  skole-155.eu is mended                                   -> recovery of skole-155.eu within 75
day 24 14:00  rules rise to version 3                                  -> nothing
day 25 06:00  morning comes, with what the rules changed               -> digest of 109 and 0 open within 75
day 26 07:30  skole-153.eu loses its signatures                        -> regression of skole-153.eu within 75
day 26 12:20  skole-153.eu is removed                                  -> nothing
day 28 22:30  machine sleeps 5 hours                                   -> nothing
day 29 02:00  the Danish clocks are set forward                        -> nothing
day 29 11:40  skole-154.eu loses its signatures                        -> regression of skole-154.eu within 75
day 30 05:00  morning comes, a Monday in summer                        -> digest of 0 and 1 open within 75
day 30 09:30  skole-154.eu is mended                                   -> recovery of skole-154.eu within 75
`;

/** Domains that are well by the rules of version 1, and no longer by those of version 2 or 3. */
export const WEAK = { from: 181, to: 192 };
export const FEEBLE = { from: 41, to: 150 };
