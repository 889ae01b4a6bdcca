/** A site whose devices are all away: nothing listens where it looks. */
export const idleSiteYaml = `
site:
  name: Home
  timezone: Europe/Berlin
  feeder: { maxWatts: 1000 }
  tariff: { currency: EUR, perKwh: 0.3 }
sinks:
  - id: room
    sensor: { driver: mqtt, broker: "mqtt://127.0.0.1:9", topic: room }
    comfort: { setBackC: 21 }
    model: { areaM2: 20 }
heaters:
  - id: heater
    driver: this-computer
    sink: room
    idleWatts: 5
    fullWatts: 50
    pools: [{ url: "127.0.0.1:9", user: me }]
`;
