/** Public keys for scenarios, in base64: SubjectPublicKeyInfo, and for Ed25519 the bare key. Made for the purpose; the private keys were thrown away. */
export const SCENARIO_KEYS = {
  rsa512: [
    "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAK3tc5WEDwpEro2eFhbTBI4+hg6CgNr1fRVmtXmnE7ky0cfjwFYiz630DoZSqv+v8wFO",
    "Djty6LFm/rrqgHWTkOcCAwEAAQ==",
  ].join(""),
  rsa1024: [
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCkjdjA/OmCSohH0vyNxZIrB9kgc0mRtr8GrhdbyJrui/5mBmMEGDS8/KvxGuPi",
    "WDyqONYcwPferwRKM+1uE9DwIfn5j+RnccehFskRY4JSXqmvESMjqT/K94KxMra6636AQT+Gsn5qs7m4z+AinexH+BpLG1L1cn52",
    "6VCyQ+Z/sQIDAQAB",
  ].join(""),
  rsa4608: [
    "MIICYjANBgkqhkiG9w0BAQEFAAOCAk8AMIICSgKCAkEAw2qkVY5TQAi0jVbh/HxtOlLS2rxAakRkG15chAdy9X80ZhaQjRDYgj/M",
    "WuYwG0Ew7wpylBf/DnOsGD6c3gi0O6nqKSc17vuyewqVuan3bi/XxScUFAr82o4wlcBdMR7nKBq4BT19pPlK3rjYDV3DKM41X2a7",
    "5FOerhf82yzz0JmpT008CWs2CNVBrjfv89q8rxbA1jiZy63rXV9vDuw54pMYrDGUcjZtlyvQOgOvGgRsSuVvuAwVuXB/g4PTzwXi",
    "DNnX1YGwroYXaspyTjrgGWNrmDsHLEaxpz7LH7GKsQMkUvKVjyKg/vxRpvrCTd1K0eOf1L6xVvD1Qk4587SPquvfnSpmFjEBIADE",
    "8jfmSVRJyiScqD2sU8gHxYKTyJGyxRKXEj6rtSegoH/6Esi/FRZV6GnV0GH+kUVmdy2NMkvcABRTGE+hiBeMOs6hI/Te60r/TOCb",
    "fWL872bXMnwfZthGT05WWf64/EgGYhzrhKQuUYE2uHfn2B3O0m2LJ6zUu3pt8IJe3nlcftKpLX4VHn0I0oh6IXeogsK/y5/nXAcq",
    "Bx1/UnVNU97ActsGmze0rmj8ozq8jJKCvZwQw86RrhQ9vyf9dUYw27bmmjD/PFMuWJMkeDTPbdsJpywpdU2MI9npJb3VbL6uQyQr",
    "UCuvg0TerOaOB3xnVuSBYWMqckp24Fe7Fs9k9rF7tlgBjsmqlXe7YozKT2GpKmXPaSvOKaciw7MGxEIkvTjxbacnbUIq364IZCtL",
    "VBGp8EcFAHprAgMBAAE=",
  ].join(""),
  ed25519: "daYuPBDwjN78YUlfS/i8hsnlt7dB7WiUQwYi04Toyl4=",
} as const;
